package io.cacheport.examples.events;

import io.cacheport.CacheServicePort;
import io.cacheport.inmemory.InMemoryCacheAdapter;

class InMemoryTicketingTest extends TicketingContract {

    @Override
    CacheServicePort open() {
        return InMemoryCacheAdapter.builder().copying().build();
    }
}
