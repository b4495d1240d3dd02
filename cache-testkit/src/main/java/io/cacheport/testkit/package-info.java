/**
 * The contract of {@link io.cacheport.CacheServicePort} as tests. An adapter or a decorator shows that it keeps the rules
 * by a subclass of {@link io.cacheport.testkit.CacheServiceContract} that makes a fixture:
 *
 * <pre>{@code
 * class MyAdapterTest extends CacheServiceContract {
 *     @Override
 *     protected CacheFixture newFixture() {
 *         return new MyFixture();
 *     }
 * }
 * }</pre>
 *
 * <p>The name of each test begins with the rule it checks: {@code p11_...} checks P11 of {@link io.cacheport}, {@code
 * a3_...} checks A3 of {@link io.cacheport.aside}.
 */
@NullMarked
package io.cacheport.testkit;

import org.jspecify.annotations.NullMarked;
