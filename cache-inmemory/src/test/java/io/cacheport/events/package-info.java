/** What of events only their own package can be asked. */
@NullMarked
package io.cacheport.events;

import org.jspecify.annotations.NullMarked;
