package io.cacheport.examples.dashboard;

import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A file of the page, which is on the class path beside this class. */
enum PageFile {
    INDEX("/", "index.html", "text/html; charset=utf-8"),
    SCRIPT("/dashboard.js", "dashboard.js", "text/javascript; charset=utf-8"),
    STYLE("/dashboard.css", "dashboard.css", "text/css; charset=utf-8");

    /** Nothing from elsewhere, nothing inline, in no frame. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final String path;
    private final String name;
    private final String type;

    PageFile(String path, String name, String type) {
        this.path = path;
        this.name = name;
        this.type = type;
    }

    /** Where a browser finds it. */
    String path() {
        return path;
    }

    Handler handler() {
        byte[] content = content();
        return ctx -> ctx.contentType(type)
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-cache")
                .result(content);
    }

    private byte[] content() {
        try (InputStream in = PageFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
