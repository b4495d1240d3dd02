package io.cacheport.examples.catalog;

/** There is no such tenant or package. */
public final class NotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private NotFoundException(String message) {
        super(message);
    }

    static NotFoundException tenant(String tenant) {
        return new NotFoundException("there is no tenant \"" + tenant + "\"");
    }

    static NotFoundException slug(String tenant, String slug) {
        return new NotFoundException("tenant \"" + tenant + "\" has no package \"" + slug + "\"");
    }
}
