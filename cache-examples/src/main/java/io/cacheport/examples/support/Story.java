package io.cacheport.examples.support;

/** The manner of examples that tell their story on the console. */
public final class Story {

    private Story() {}

    /**
     * Keeps the log out of the story, unless the environment variable {@code LOG_LEVEL} asks for it, such as {@code
     * LOG_LEVEL=info}. To be called before anything logs.
     */
    public static void quiet() {
        if (System.getenv("LOG_LEVEL") == null) {
            System.setProperty("LOG_LEVEL", "error");
        }
    }
}
