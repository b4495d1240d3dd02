/**
 * Counters, hashes, lists and sets beside the values of a cache, with the names that Redis gives the operations.
 *
 * <p>{@link io.cacheport.structure.Structures#of} gives those of a cache. They live under the same keys as its values, so
 * {@code del}, {@code exists}, {@code ttl}, {@code expire}, {@code flush} and {@code clear} are for them too, and they may be
 * evicted like any entry: what must not be lost belongs in a database. Both adapters keep these rules, each with tests in
 * {@code cache-testkit}:
 *
 * <ul>
 *   <li><b>S1</b> A write makes the structure if the key is free. One that becomes empty is gone.
 *   <li><b>S2</b> A TTL given to a write begins when that write makes the structure, in the same step; one that is there keeps
 *       what it has. Without a TTL it is made without an expiry. {@code expire} and {@code touch} begin a new one.
 *   <li><b>S3</b> A counter is a whole number of 64 bits that is added to in one step; none counts as 0. What it cannot hold
 *       is refused and changes nothing. {@code get} reads it as a {@code Long}.
 *   <li><b>S4</b> A hash holds a value for each field: {@code hset} replaces and tells how many fields are new, {@code hdel}
 *       tells how many there were.
 *   <li><b>S5</b> A list holds values in order: pushed and popped at either end, each value given to one who pops it.
 *       {@code lrange} counts from 0 at the left and from -1 at the right, both ends included.
 *   <li><b>S6</b> A set holds each member once, in no order.
 *   <li><b>S7</b> A key holds one thing. An operation on a structure that meets another, or a value, changes nothing and fails
 *       with {@link io.cacheport.ErrorCause#WRONG_TYPE}; so does {@code get}, while {@code getAll} takes it for nothing. {@code
 *       set} and a load replace whatever is there.
 *   <li><b>S8</b> Elements are values like others: encoded, bound to their key, within the size limit; but never null. Fields
 *       and members are text that keeps the rule for keys (P24), and stored as it is.
 *   <li><b>S9</b> An element that cannot be read as the type asked for is left out and counted as an error; one that was popped
 *       is gone.
 *   <li><b>S10</b> An ill cache answers that nothing was done or found, counts and logs it (P22): 0, false, null or empty; an
 *       empty {@code OptionalLong} where 0 would be an answer. {@code strict()} throws (P23).
 *   <li><b>S11</b> Every operation is one step that others see whole or not at all, up to 500 elements; beyond that it is
 *       several.
 *   <li><b>S12</b> None of this counts as a request, set or delete in the statistics (P19, P20); {@code keys} counts each
 *       structure as one.
 * </ul>
 */
@NullMarked
package io.cacheport.structure;

import org.jspecify.annotations.NullMarked;
