@NullMarked
package io.cacheport.examples.support;

import org.jspecify.annotations.NullMarked;
