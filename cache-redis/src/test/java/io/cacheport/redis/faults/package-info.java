/**
 * The fault matrix: each fault provoked on a real server, a naive cache and this library side by side, the outcome
 * written to {@code docs/fault-matrix.md}.
 *
 * <p>To add a row, write a test and say what was seen:
 *
 * <pre>{@code
 * @FaultRow(72) // on the class if all its tests are about the row; @FaultRowAlways: in every build, not only -Pfull
 * @Test
 * void aCorruptedValueIsAMiss() {
 *     Row row = FaultMatrix.row(72, "corrupted value");
 *     row.naive(Naive.attempt(Duration.ofSeconds(2), () -> naive.read("row72", loader)));
 *     assertThat(cache.get(LogWatch.KEY + "72", Order.class)).isNull();
 *     row.ours("a miss").figure("0 of 1,000,000 escaped", "0");
 * }
 * }</pre>
 *
 * <ul>
 *   <li>{@link io.cacheport.redis.faults.Profile} opens the adapter, {@link io.cacheport.redis.faults.NaiveCache} the
 *       naive cache; {@link io.cacheport.redis.faults.Naive#attempt} limits calls on it that hang. Assert on what the naive
 *       one does, too: else nobody knows whether the fault was there.
 *   <li>{@link io.cacheport.redis.faults.Load} is traffic with latencies, for what happens under load.
 *   <li>Keys of ours begin with {@link io.cacheport.redis.faults.LogWatch#KEY}, values and passwords contain {@code VALUE}
 *       and {@code PASSWORD}: all loggers are searched for them, and a test during which one is found fails. The naive
 *       cache's keys and values hold none. {@code LogWatch.warnings()} is what this library warned of in this test.
 *   <li>What is timed runs inside {@code LogWatch.quietly}, the making of the adapter too, and something of the same fault
 *       outside it.
 *   <li>Where an adapter is made in a field rather than in a method, put the annotation on the class: loggers are asked for
 *       their level when a connection is made.
 *   <li>A row that cannot be shown goes into {@link io.cacheport.redis.faults.LeftOut} with the reason.
 *   <li>A row is red until each of its tests has passed. The document in {@code docs} is written by {@code mvn -Pfull
 *       verify} when there is something to say of every row, the one in {@code target} by every run.
 * </ul>
 */
@NullMarked
package io.cacheport.redis.faults;

import org.jspecify.annotations.NullMarked;
