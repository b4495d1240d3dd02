package io.cacheport.testkit;

import io.cacheport.testkit.contract.ArgumentContract;
import io.cacheport.testkit.contract.AsideContract;
import io.cacheport.testkit.contract.BulkContract;
import io.cacheport.testkit.contract.BulkLoadContract;
import io.cacheport.testkit.contract.FailureContract;
import io.cacheport.testkit.contract.FlightContract;
import io.cacheport.testkit.contract.FlushContract;
import io.cacheport.testkit.contract.LoadLimitContract;
import io.cacheport.testkit.contract.ReadWriteContract;
import io.cacheport.testkit.contract.RemoveContract;
import io.cacheport.testkit.contract.SharingContract;
import io.cacheport.testkit.contract.StatsContract;
import io.cacheport.testkit.contract.TtlContract;
import io.cacheport.testkit.contract.TypeContract;
import io.cacheport.testkit.contract.ViewContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Every rule of the contract, as tests. Extend it once for each adapter, configuration and decorator.
 *
 * @since 0.1
 */
@Timeout(60)
public abstract class CacheServiceContract
        implements ReadWriteContract,
                TypeContract,
                TtlContract,
                RemoveContract,
                BulkContract,
                FlushContract,
                StatsContract,
                ArgumentContract,
                FailureContract,
                SharingContract,
                AsideContract,
                FlightContract,
                LoadLimitContract,
                ViewContract,
                BulkLoadContract {

    private CacheFixture fixture;

    /** A miss where a value was expected says nothing of why; the counters tell a lost write from a lost entry. */
    @RegisterExtension
    final TestExecutionExceptionHandler failuresNameTheCache = (context, failure) -> {
        if (!(failure instanceof AssertionError)) {
            throw failure;
        }
        throw new AssertionError(
                failure.getMessage() + "\n" + fixture.cache() + ", then "
                        + fixture.cache().getStats(),
                failure);
    };

    /** For subclasses. */
    @SuppressWarnings("NullAway.Init") // JUnit calls makeFixture before each test
    protected CacheServiceContract() {}

    /** A fresh cache over an empty store. */
    protected abstract CacheFixture newFixture();

    @Override
    public final CacheFixture fixture() {
        return fixture;
    }

    @BeforeEach
    final void makeFixture() {
        fixture = newFixture();
    }

    @AfterEach
    final void closeFixture() {
        fixture.close();
    }
}
