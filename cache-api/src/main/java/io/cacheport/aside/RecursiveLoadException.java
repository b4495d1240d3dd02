package io.cacheport.aside;

/**
 * A loader asked the cache for the key it is loading (A7); waiting for itself would never end.
 *
 * @since 0.1
 */
public final class RecursiveLoadException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    RecursiveLoadException(String key) {
        super("the loader of key \"" + key + "\" asks the cache for the same key; load it from its source instead");
    }
}
