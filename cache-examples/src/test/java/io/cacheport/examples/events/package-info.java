@NullMarked
package io.cacheport.examples.events;

import org.jspecify.annotations.NullMarked;
