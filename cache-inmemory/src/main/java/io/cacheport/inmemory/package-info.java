/** The in-memory adapter: for unit tests, for services without a Redis, and as the near tier of one with. */
@NullMarked
package io.cacheport.inmemory;

import org.jspecify.annotations.NullMarked;
