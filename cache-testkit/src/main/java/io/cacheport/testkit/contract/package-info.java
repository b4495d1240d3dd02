/** The tests of {@link io.cacheport.testkit.CacheServiceContract}, one interface for each part of the contract. */
@NullMarked
package io.cacheport.testkit.contract;

import org.jspecify.annotations.NullMarked;
