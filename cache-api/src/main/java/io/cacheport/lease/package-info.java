/**
 * Leases: the one idea that keeps a loaded value from overwriting what happened while it was loaded. A reader that misses
 * takes the lease of the key; only the holder of a live lease may fill the key; and whatever happens to the key, by
 * whomever, ends the lease. The idea is that of memcache at Facebook (Nishtala et al., NSDI 2013); here the lease is kept
 * in the key's own place, so that a removal from {@code redis-cli} ends it too.
 *
 * <p>The engine does all this in {@link io.cacheport.aside}. The rules for whoever implements {@link
 * io.cacheport.lease.Leases}, each with tests in {@code cache-testkit}:
 *
 * <ul>
 *   <li><b>L1</b> A key without a value gives its lease to one taker; until that lease ends, others are told that it is
 *       taken. A key with a value gives the value.
 *   <li><b>L2</b> A leased key has no value: for reads, {@code exists}, {@code ttl} and {@code expire} there is no entry.
 *       For what removes, and for {@code keys} in the statistics, the lease counts as one.
 *   <li><b>L3</b> A fill stores the value and its TTL, and ends the lease.
 *   <li><b>L4</b> After {@code set}, {@code setAll}, {@code del}, {@code flush} or {@code clear} of the key, by anyone, a
 *       fill or renewal with an older lease is refused and changes nothing.
 *   <li><b>L5</b> A lease ends by itself when its time is over, unless it was renewed; a fill is refused then.
 *   <li><b>L6</b> A release ends the lease, and says whether it was still live; the next taker gets one at once. With a
 *       lease that has ended it changes nothing.
 *   <li><b>L7</b> A value that cannot be read as the type asked for gives the lease and leaves: it would stay in the way of
 *       every load.
 *   <li><b>L8</b> A value that cannot be encoded, or is too large, is not stored (P9, P10).
 *   <li><b>L9</b> A store that cannot be asked is counted and logged (P22) and a {@link io.cacheport.CacheException}; a bad
 *       argument is an {@link java.lang.IllegalArgumentException}.
 *   <li><b>L10</b> A value that was stored with more than a TTL can be leased to be refreshed; it stays readable meanwhile.
 *       Whatever sets or removes it ends that lease. One whose time is over gives way to the next taker, and can be filled
 *       until then: nothing has happened to the key.
 *   <li><b>L11</b> A value is fresh while its TTL runs, and after that stale for as long as its terms say: there for those
 *       who ask for stale values, for everybody else there is no entry. A value can be told to rest, and is then leased to
 *       nobody.
 *   <li><b>L12</b> A value one of whose tags was invalidated since before it was loaded, or is no longer known, is no value.
 *   <li><b>L13</b> That a load has failed can be kept in the key's place for a time: takers are told, and it is no entry.
 *   <li><b>L14</b> While a key is being written there is no entry and no lease is given. Several may write at once: it ends
 *       with the last.
 *   <li><b>L15</b> Of versioned values that are stored in any order, the newest stays.
 * </ul>
 */
@NullMarked
package io.cacheport.lease;

import org.jspecify.annotations.NullMarked;
