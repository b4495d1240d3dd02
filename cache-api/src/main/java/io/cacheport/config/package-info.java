/**
 * All settings of CachePort in one immutable object, from code, environment variables and a properties file.
 *
 * <ul>
 *   <li>{@link io.cacheport.config.CacheSettings} has a value for each {@link io.cacheport.config.Setting} and knows where it
 *       is from; {@link io.cacheport.CacheServices#connect(io.cacheport.config.CacheSettings)} makes the cache.
 *   <li>The settings are constants of {@link io.cacheport.config.StoreSettings}, {@link io.cacheport.config.ClientSettings},
 *       {@link io.cacheport.config.GuardSettings}, {@link io.cacheport.config.MemorySettings}, {@link
 *       io.cacheport.config.NearSettings}, {@link io.cacheport.config.KeySettings}, {@link io.cacheport.config.TtlSettings},
 *       {@link io.cacheport.config.LockSettings}, {@link io.cacheport.config.WarmupSettings} and {@link
 *       io.cacheport.config.MetricsSettings}. There each is defined, and nowhere else: name, variable, rule, default, meaning.
 *       {@code docs/settings.md} is generated from them.
 * </ul>
 *
 * <p>What is set in code beats an environment variable, which beats a line of the file, which beats a default. A value that
 * breaks its rule is refused wherever it stands, never repaired, and all such values at once.
 */
@NullMarked
package io.cacheport.config;

import org.jspecify.annotations.NullMarked;
