/**
 * The port of CachePort and its contract.
 *
 * <p>{@link io.cacheport.CacheServicePort} is what a service depends on. Every adapter and every decorator keeps the
 * rules below; the published tests in {@code cache-testkit} check them one by one, and each test names its rule.
 *
 * <h2>Reading</h2>
 * <ul>
 *   <li><b>P1</b> A read gives the value last stored under exactly that key while its TTL runs, and a miss otherwise.
 *       Keys are case-sensitive and compared as they are.
 *   <li><b>P2</b> {@code get} answers a miss with {@code null}; {@code getOrDefault} tells a miss from a cached
 *       {@code null}.
 *   <li><b>P3</b> A value comes back equal to what was stored: text, numbers, enums, records, {@code java.time},
 *       collections and generics named by a {@code TypeRef}, nested, empty and {@code null}.
 *   <li><b>P4</b> An entry that cannot be read as the type asked for is a miss and a counted error; it stays as it is.
 *   <li><b>P5</b> An adapter that encodes gives every reader a value of its own: changing what was read or stored
 *       changes nothing in the cache. An adapter that keeps references says so.
 * </ul>
 *
 * <h2>Writing</h2>
 * <ul>
 *   <li><b>P6</b> {@code set} replaces value and TTL together.
 *   <li><b>P7</b> TTLs count in milliseconds: a fraction rounds up, and more than {@link
 *       io.cacheport.CacheServicePort#MAX_TTL} is stored as that maximum.
 *   <li><b>P8</b> Once its TTL has passed an entry is gone for every operation alike, and leaves memory without being
 *       asked for.
 *   <li><b>P9</b> A value that cannot be encoded is refused with {@link io.cacheport.ValueEncodingException} and
 *       counted as an error; nothing is stored and nothing else changes. {@code setAll} stores all of its values or, when an argument is bad, none.
 *   <li><b>P10</b> A value above the size limit is refused and counted as an error, and no older value stays readable
 *       under its key.
 * </ul>
 *
 * <h2>Looking and removing</h2>
 * <ul>
 *   <li><b>P11</b> {@code del} removes and tells whether there was an entry; doing it again is harmless. For several
 *       keys it tells how many there were.
 *   <li><b>P12</b> {@code exists} tells whether a read would find an entry.
 *   <li><b>P13</b> {@code ttl} gives what remains: never more than was given, never zero, empty for no entry.
 *   <li><b>P14</b> {@code expire} starts a new TTL from now on an existing entry, and never makes one.
 * </ul>
 *
 * <h2>Bulk</h2>
 * <ul>
 *   <li><b>P15</b> {@code getAll} gives the entries found, in the order asked, each key once, a cached {@code null} as
 *       {@code null}. Asking for nothing costs nothing.
 *   <li><b>P16</b> {@code setAll} stores each value under its key with the one TTL.
 * </ul>
 *
 * <h2>Flush</h2>
 * <ul>
 *   <li><b>P17</b> {@code flush} removes exactly the entries whose key matches the glob, and tells how many. The grammar
 *       is that of Redis, on the key's UTF-8 bytes: {@code *}, {@code ?}, {@code [abc]}, {@code [a-c]}, {@code [^x]},
 *       and a backslash before a character that stands for itself.
 *   <li><b>P18</b> {@code clear} removes every entry of this cache. Neither touches anything that is not this cache's.
 * </ul>
 *
 * <h2>Statistics</h2>
 * <ul>
 *   <li><b>P19</b> Each key read counts as one hit or one miss, and {@code totalRequests} is their sum in every
 *       snapshot, under any concurrency. Nothing but reads of values counts as a request.
 *   <li><b>P20</b> {@code sets} counts values stored, {@code deletes} entries removed by {@code del}, {@code flush} and
 *       {@code clear}, {@code errors} what went wrong, {@code keys} what is there now.
 *   <li><b>P21</b> {@code hitRate} lies between 0 and 1 and is 0 before the first request; its text has two decimals
 *       and a percent sign: {@code 93.33%}.
 * </ul>
 *
 * <h2>Failing</h2>
 * <ul>
 *   <li><b>P22</b> An ill cache is a miss, a counted error and a log line at most every ten seconds per cause; no
 *       exception of its own reaches a caller.
 *   <li><b>P23</b> {@code strict()} is the same cache, sharing entries and statistics, that throws a {@link
 *       io.cacheport.CacheException} instead.
 *   <li><b>P24</b> A bad argument is an {@link java.lang.IllegalArgumentException} naming the value and the rule, before
 *       anything is read or written.
 *   <li><b>P25</b> {@code close} may be called twice and leaves no thread, timer or connection behind. A closed cache
 *       answers as an ill one does. A view of a cache that others share closes nothing, and says so.
 * </ul>
 *
 * <h2>Sharing</h2>
 * <ul>
 *   <li><b>P26</b> Every method may be called from any thread, platform or virtual. Each single-key operation is atomic;
 *       {@code getAll}, {@code setAll}, {@code flush} and {@code clear} are not, as wholes.
 *   <li><b>P27</b> {@code isConnected} tells whether the store answers now; an adapter without a connection answers
 *       true until it is closed.
 * </ul>
 */
@NullMarked
package io.cacheport;

import org.jspecify.annotations.NullMarked;
