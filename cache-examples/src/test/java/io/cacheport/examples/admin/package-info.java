@NullMarked
package io.cacheport.examples.admin;

import org.jspecify.annotations.NullMarked;
