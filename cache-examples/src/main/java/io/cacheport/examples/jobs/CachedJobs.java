package io.cacheport.examples.jobs;

import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import io.cacheport.aside.Cache;
import io.cacheport.examples.jobs.Job.Kind;
import io.cacheport.examples.jobs.Job.Status;
import io.cacheport.warm.WarmReport;
import io.cacheport.warm.Warming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The platform's reads, answered by the database only where the cache has no answer, and its writes: the database first,
 * then away with what the write made old. Thread-safe.
 */
public final class CachedJobs {

    private static final int NEWEST_USERS = 100;
    private static final int NEWEST_JOBS = 200;

    private final JobRepository source;
    private final CacheServicePort cache;
    private final Cache<Long, User> users;
    private final Cache<Long, Job> jobs;
    private final Cache<Long, JobResult> results;

    /** Caches what {@code source} answers. */
    public CachedJobs(JobRepository source, CacheServicePort cache) {
        this.source = source;
        this.cache = cache;
        this.users = DataType.USER.of(User.class).over(cache);
        this.jobs = DataType.JOB.of(Job.class).over(cache);
        this.results = DataType.JOB_RESULT.of(JobResult.class).over(cache);
    }

    /** A user's lists of one length and another, which go together; a generation spares the search for them. */
    private Cache<Integer, List<Job>> jobLists(long userId) {
        return DataType.USER_JOBS
                .of(new TypeRef<List<Job>>() {})
                .tenant(Long.toString(userId))
                .generation()
                .over(cache);
    }

    /** A user, or null if there is none. */
    public @Nullable User user(long id) {
        return users.get(id, source::user);
    }

    /** A job, or null if there is none. */
    public @Nullable Job job(long id) {
        return jobs.get(id, source::job);
    }

    /** A user's newest jobs, the newest first. */
    public List<Job> jobsOfUser(long userId, int limit) {
        List<Job> found = jobLists(userId).get(limit, length -> source.jobsOfUser(userId, length));
        return found == null ? List.of() : found;
    }

    /** What came out of a job, or null as long as nothing has. */
    public @Nullable JobResult result(long jobId) {
        return results.get(jobId, source::result);
    }

    /** Gives a user another name. */
    public void rename(long userId, String name) {
        source.rename(userId, name);
        users.invalidate(userId);
    }

    /** Begins a job. */
    public Job submit(long userId, Kind kind) {
        Job job = source.submit(userId, kind);
        jobLists(userId).invalidateAll();
        return job;
    }

    /** Says how far a job is. */
    public void progress(long jobId, int percent) {
        changed(source.progress(jobId, Status.PROCESSING, percent));
    }

    /** Ends a job. */
    public void complete(JobResult result) {
        correct(result);
        changed(source.progress(result.jobId(), Status.COMPLETED, 100));
    }

    /** Replaces what came out of a job, which is rare. */
    public void correct(JobResult result) {
        source.saveResult(result);
        results.invalidate(result.jobId());
    }

    private void changed(@Nullable Job job) {
        if (job != null) {
            jobs.invalidate(job.id());
            jobLists(job.userId()).invalidateAll();
        }
    }

    /** Caches the newest users and jobs, at start-up; what became of each is in the reports and the log. */
    public List<WarmReport> warm() {
        return List.of(
                Warming.of(users).keys(source.newestUsers(NEWEST_USERS), source::users),
                Warming.of(jobs).keys(source.newestJobs(NEWEST_JOBS), source::jobs));
    }
}
