/** The code of the README, compiled and run. */
@NullMarked
package io.cacheport.examples.tour;

import org.jspecify.annotations.NullMarked;
