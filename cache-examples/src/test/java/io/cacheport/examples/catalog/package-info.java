@NullMarked
package io.cacheport.examples.catalog;

import org.jspecify.annotations.NullMarked;
