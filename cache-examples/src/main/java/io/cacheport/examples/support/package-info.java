/** What several examples stand on; nothing here has to do with caching. */
@NullMarked
package io.cacheport.examples.support;

import org.jspecify.annotations.NullMarked;
