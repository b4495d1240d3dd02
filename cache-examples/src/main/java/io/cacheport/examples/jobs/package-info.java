/**
 * A data-normalisation platform: users, jobs that run for a minute and are polled meanwhile, results that never change. It
 * shows a table with a TTL and a name for each type of data ({@link io.cacheport.examples.jobs.DataType}), an invalidation
 * with each write ({@link io.cacheport.examples.jobs.CachedJobs}, the only class that knows about caching), warming of the
 * newest at start-up, what an administrator may do, a Redis that dies, and traffic whose hit rates can be checked.
 */
@NullMarked
package io.cacheport.examples.jobs;

import org.jspecify.annotations.NullMarked;
