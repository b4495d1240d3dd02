/**
 * Cache-aside: look in the cache, load what is missing, store it. The rules beyond those of {@link io.cacheport}:
 *
 * <ul>
 *   <li><b>A1</b> A hit does not call the loader. A miss calls it once and stores the value with its TTL.
 *   <li><b>A2</b> Single flight: callers in one process that miss the same key of the same cache and type at the same
 *       time share one load, and one look in the cache while it answers within 20 ms. Who may have missed a change of the
 *       key looks again, once.
 *   <li><b>A3</b> What the loader throws reaches its caller, and those who shared the load, as it is; nothing is cached
 *       and the loader is not called again for them.
 *   <li><b>A4</b> A loaded null is returned, and cached only if the policy has a {@code negativeTtl}.
 *   <li><b>A5</b> Whatever the cache does, throw included, a value that was loaded reaches the caller.
 *   <li><b>A6</b> A bad argument is an {@link java.lang.IllegalArgumentException} before the loader or the cache is
 *       called.
 *   <li><b>A7</b> A loader that asks for the very key it is loading fails at once with {@link
 *       io.cacheport.aside.RecursiveLoadException}.
 *   <li><b>A8</b> An interrupted caller that waits for another's load leaves with its interrupt flag set; the load goes
 *       on. When the loading caller was interrupted, one of the others loads instead.
 *   <li><b>A9</b> A {@link io.cacheport.aside.Cache} touches only keys that begin with its name and tenant.
 *   <li><b>A10</b> While a cache is degraded, no more loads than its limit run at once, so that a dead cache is not
 *       followed by a dead database. A caller beyond that waits its turn, at most as long as the limit says, and then gets
 *       {@link io.cacheport.aside.LoadRejectedException}, as do those who shared the load; its loader is not called. A
 *       load inside a load needs no turn of its own, nor waits for a caller that waits for one. A cache that answers
 *       has no limit.
 *   <li><b>A11</b> A call never waits for an ill cache twice: when the lookup failed, be it of the call that it waited for,
 *       it is not asked again, and what was loaded is not stored. What
 *       could be read but not understood is overwritten.
 *   <li><b>A12</b> A value is stored only if nothing was set or removed under its key since before its load began, by
 *       anyone, in any process. It is returned to its caller all the same. So no call that begins after an invalidation
 *       has returned gets a value that was loaded before it.
 *   <li><b>A13</b> While another process loads the key, a caller waits for that load, at most five seconds, and then loads
 *       without storing. When that process dies, the wait ends within two seconds.
 *   <li><b>A14</b> A call for several keys loads what is missing in one call of its loader, and waits for what others
 *       load, holding nothing meanwhile. What the loader gives beyond what it was asked for is ignored. What it throws
 *       reaches its caller as it is, and those who shared one of the loads.
 *   <li><b>A15</b> Stale-while-revalidate: after its TTL a value is served at once for as long as the policy says, while one
 *       caller of all processes loads it anew on another thread. Where too much is loaded in the background already, the
 *       refresh is left to a later caller.
 *   <li><b>A16</b> Stale-if-error: after its TTL a value is kept for as long as the policy says and served if the loader
 *       throws an exception, or is turned away by A10. Then it is called by nobody until {@code retryAfter} is over. What
 *       was removed or invalidated is not served, and an Error, or an interrupt, is passed on.
 *   <li><b>A17</b> A policy with timeouts has loads run on another thread. After the soft one a caller who has a stale value
 *       gets it; after the hard one, which counts from the beginning of the call, any caller leaves with {@link
 *       io.cacheport.aside.LoadTimeoutException}. The load goes on and its value is stored, if A12 lets it.
 *   <li><b>A18</b> Early refresh: a value is loaded anew like a stale one before its TTL ends, by the policy's rule.
 *   <li><b>A19</b> With an {@code errorTtl} that a load failed is remembered for all processes until that is over or the key
 *       is set or removed; callers without a stale value get {@link io.cacheport.aside.LoadFailedException}.
 *   <li><b>A20</b> A {@link io.cacheport.aside.ContextLoader} sees the value that it is to replace, and may say that it is
 *       unmodified, how long the new one lives, which tags and version it has, or that it is not to be stored.
 *   <li><b>A21</b> After a tag was invalidated no call that begins later gets a value of the tag that was loaded before, nor
 *       is one that is being loaded stored. Where nothing is known of a tag it counts as invalidated.
 *   <li><b>A22</b> Of values put with versions the newest stays, in whatever order they arrive.
 *   <li><b>A23</b> Between the beginning and the end of a write nothing that was loaded is stored, nor afterwards what was
 *       loaded before its end. A write whose process ends is over when its time is.
 *   <li><b>A24</b> {@link io.cacheport.aside.Cache#lookup} says where a value is from.
 *   <li><b>A25</b> {@link io.cacheport.aside.Cache#warm} stores only what is not there, by A12, waits for nobody's load, and
 *       does not call the loader for what the cache could not be asked about.
 * </ul>
 *
 * <p>A12, A13, A15 to A23 and A25 need a {@link io.cacheport.lease.LeasedCache}; over another cache, which is logged once, they hold for
 * callers of one process that share a load and no further.
 */
@NullMarked
package io.cacheport.aside;

import org.jspecify.annotations.NullMarked;
