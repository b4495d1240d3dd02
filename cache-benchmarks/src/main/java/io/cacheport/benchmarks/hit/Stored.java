package io.cacheport.benchmarks.hit;

import io.cacheport.benchmarks.value.Catalog;
import io.cacheport.benchmarks.value.Product;

/** What is stored under the keys. */
public enum Stored {
    /** 300 bytes of JSON. */
    PRODUCT,
    /** 10 KB of JSON. */
    CATALOG;

    Class<?> type() {
        return this == PRODUCT ? Product.class : Catalog.class;
    }

    Object of(int id) {
        return this == PRODUCT ? Product.of(id) : Catalog.of(id);
    }

    String keyOf(int id) {
        return this == PRODUCT ? Product.keyOf(id) : Catalog.keyOf(id);
    }
}
