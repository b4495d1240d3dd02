/**
 * Real Redis servers for tests, with or without Docker.
 *
 * <p>{@link io.cacheport.testkit.server.RedisFixture} gives the one server that ordinary tests share; {@link
 * io.cacheport.testkit.server.RedisServer} is a process of one's own, to be killed, restarted and paused; {@link
 * io.cacheport.testkit.server.RedisCluster} is several of them as a Redis Cluster, {@link
 * io.cacheport.testkit.server.RedisSentinel} a master and a replica watched by sentinels. {@link
 * io.cacheport.testkit.server.RespClient} asks any of them what is really stored. No test is ever skipped for want of a
 * server: what cannot be started is an error that says why.
 *
 * @since 0.1
 */
@NullMarked
package io.cacheport.testkit.server;

import org.jspecify.annotations.NullMarked;
