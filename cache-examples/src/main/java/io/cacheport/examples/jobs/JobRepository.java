package io.cacheport.examples.jobs;

import io.cacheport.examples.jobs.Job.Kind;
import io.cacheport.examples.jobs.Job.Status;
import io.cacheport.examples.support.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Users, jobs and results in PostgreSQL. Thread-safe. */
public final class JobRepository {

    private final Database database;

    /** A repository that makes its tables, with 1,000 users and 5,000 jobs in them. */
    public JobRepository(Database database) {
        this.database = database;
        database.script(Database.resource(JobRepository.class, "schema.sql"));
    }

    /** A user, or null if there is none. */
    public @Nullable User user(long id) {
        return first(database.query("SELECT * FROM app_user WHERE id = ?", JobRepository::readUser, id));
    }

    /** Those of the users that there are. */
    public Map<Long, User> users(Collection<Long> ids) {
        return byId(
                database.query(
                        "SELECT * FROM app_user WHERE id = ANY (?)", JobRepository::readUser, (Object) array(ids)),
                User::id);
    }

    /** The newest first. */
    public List<Long> newestUsers(int limit) {
        return database.query("SELECT id FROM app_user ORDER BY id DESC LIMIT ?", row -> row.getLong(1), limit);
    }

    /** Gives a user another name; false if there is no such user. */
    public boolean rename(long userId, String name) {
        return database.update("UPDATE app_user SET name = ? WHERE id = ?", name, userId) > 0;
    }

    /** A job, or null if there is none. */
    public @Nullable Job job(long id) {
        return first(database.query("SELECT * FROM job WHERE id = ?", JobRepository::readJob, id));
    }

    /** Those of the jobs that there are. */
    public Map<Long, Job> jobs(Collection<Long> ids) {
        return byId(
                database.query("SELECT * FROM job WHERE id = ANY (?)", JobRepository::readJob, (Object) array(ids)),
                Job::id);
    }

    /** The newest first. */
    public List<Long> newestJobs(int limit) {
        return database.query("SELECT id FROM job ORDER BY id DESC LIMIT ?", row -> row.getLong(1), limit);
    }

    /** A user's newest jobs, the newest first. */
    public List<Job> jobsOfUser(long userId, int limit) {
        return database.query(
                "SELECT * FROM job WHERE user_id = ? ORDER BY id DESC LIMIT ?", JobRepository::readJob, userId, limit);
    }

    /** Begins a job. */
    public Job submit(long userId, Kind kind) {
        return only(database.query(
                "INSERT INTO job (user_id, kind, status, progress) VALUES (?, ?, 'PENDING', 0) RETURNING *",
                JobRepository::readJob,
                userId,
                kind.name()));
    }

    /** Says how far a job is; null if there is no such job. */
    public @Nullable Job progress(long jobId, Status status, int percent) {
        return first(database.query(
                "UPDATE job SET status = ?, progress = ? WHERE id = ? RETURNING *",
                JobRepository::readJob,
                status.name(),
                percent,
                jobId));
    }

    /** What came out of a job, or null as long as nothing has. */
    public @Nullable JobResult result(long jobId) {
        return first(database.query("SELECT * FROM job_result WHERE job_id = ?", JobRepository::readResult, jobId));
    }

    /** Keeps what came out of a job, in the place of what came out of it before. */
    public void saveResult(JobResult result) {
        database.update("""
                INSERT INTO job_result (job_id, row_count, invalid, normalized) VALUES (?, ?, ?, ?)
                ON CONFLICT (job_id) DO UPDATE
                SET row_count = excluded.row_count, invalid = excluded.invalid, normalized = excluded.normalized
                """, result.jobId(), result.rows(), result.invalid(), result.normalized());
    }

    private static User readUser(ResultSet row) throws SQLException {
        return new User(row.getLong("id"), row.getString("name"), row.getString("organisation"));
    }

    private static Job readJob(ResultSet row) throws SQLException {
        return new Job(
                row.getLong("id"),
                row.getLong("user_id"),
                Kind.valueOf(row.getString("kind")),
                Status.valueOf(row.getString("status")),
                row.getInt("progress"));
    }

    private static JobResult readResult(ResultSet row) throws SQLException {
        return new JobResult(
                row.getLong("job_id"), row.getInt("row_count"), row.getInt("invalid"), row.getString("normalized"));
    }

    private static Long[] array(Collection<Long> ids) {
        return ids.toArray(Long[]::new);
    }

    private static <V> Map<Long, V> byId(List<V> rows, Function<V, Long> id) {
        return rows.stream().collect(Collectors.toMap(id, row -> row));
    }

    private static <V> @Nullable V first(List<V> rows) {
        return rows.isEmpty() ? null : rows.get(0);
    }

    private static <V> V only(List<V> rows) {
        return rows.get(0);
    }
}
