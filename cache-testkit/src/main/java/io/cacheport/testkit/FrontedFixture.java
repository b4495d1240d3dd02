package io.cacheport.testkit;

import io.cacheport.CacheServicePort;
import java.time.Duration;

/** A fixture with something in front of its cache. */
class FrontedFixture implements CacheFixture {

    private final CacheFixture behind;
    private final CacheServicePort front;

    FrontedFixture(CacheFixture behind, CacheServicePort front) {
        this.behind = behind;
        this.front = front;
    }

    final CacheFixture behind() {
        return behind;
    }

    @Override
    public CacheServicePort cache() {
        return front;
    }

    @Override
    public void passTime(Duration time) {
        behind.passTime(time);
    }

    @Override
    public boolean encodes() {
        return behind.encodes();
    }

    @Override
    public boolean copies() {
        return behind.copies();
    }

    @Override
    public int maximumValueBytes() {
        return behind.maximumValueBytes();
    }

    @Override
    public void close() {
        front.close();
        behind.close();
    }
}
