/** The pantry's tests, on both adapters. */
@NullMarked
package io.cacheport.examples.pantry;

import org.jspecify.annotations.NullMarked;
