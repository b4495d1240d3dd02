package io.cacheport.testkit.contract;

import io.cacheport.CacheServicePort;
import io.cacheport.testkit.CacheFixture;
import java.time.Duration;

/** What the parts of the contract have in common. */
interface Contract {

    Duration MINUTE = Duration.ofMinutes(1);

    CacheFixture fixture();

    default CacheServicePort cache() {
        return fixture().cache();
    }
}
