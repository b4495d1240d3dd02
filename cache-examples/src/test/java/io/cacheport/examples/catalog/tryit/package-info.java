@NullMarked
package io.cacheport.examples.catalog.tryit;

import org.jspecify.annotations.NullMarked;
