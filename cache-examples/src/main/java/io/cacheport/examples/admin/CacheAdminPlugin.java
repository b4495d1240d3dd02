package io.cacheport.examples.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cacheport.admin.CacheAdmin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.plugin.Plugin;
import io.javalin.router.JavalinDefaultRouting;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Administration of one cache under {@value #ROOT}, in JSON, every route behind a gate. What changes something is a POST.
 *
 * <table>
 *   <caption>Routes</caption>
 *   <tr><th>route</th><th>body</th><th>answer</th></tr>
 *   <tr><td>{@code GET stats}</td><td></td><td>the counters, and rates of the last 1, 5 and 15 minutes</td></tr>
 *   <tr><td>{@code GET health}</td><td></td><td>{@link io.cacheport.health.CacheHealth}</td></tr>
 *   <tr><td>{@code GET top?most=10}</td><td></td><td>the keys asked for most, and those of the largest values</td></tr>
 *   <tr><td>{@code POST clear}</td><td></td><td>{@code {"removed":7}}</td></tr>
 *   <tr><td>{@code POST flush}</td><td>{@code {"pattern":"user:*"}}</td><td>{@code {"removed":7}}</td></tr>
 *   <tr><td>{@code POST invalidate}</td><td>{@code {"tag":"user-7"}}</td><td>{@code {"invalidated":"user-7"}}</td></tr>
 *   <tr><td>{@code GET warm}</td><td></td><td>how each warming stands, by its name</td></tr>
 *   <tr><td>{@code POST warm}</td><td>{@code {"warming":"users"}}</td><td>202 and {@code {"started":true}}</td></tr>
 *   <tr><td>{@code GET circuit}</td><td></td><td>the state of each node's circuit</td></tr>
 *   <tr><td>{@code POST circuit/open}, {@code circuit/close}, {@code circuit/release}</td><td></td><td>the same, then</td></tr>
 * </table>
 *
 * <p>What makes no sense is answered with 400, what this cache cannot do with 409, and the reason in {@code error}.
 */
public final class CacheAdminPlugin extends Plugin<Void> {

    /** Where the routes begin. */
    public static final String ROOT = "/admin/cache/";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_KEYS = 10;

    private final CacheAdmin admin;
    private final AdminGate gate;
    private final Consumer<String> told;

    /**
     * Administration of a cache.
     *
     * @param told what was done, as a sentence
     */
    public CacheAdminPlugin(CacheAdmin admin, AdminGate gate, Consumer<String> told) {
        this.admin = admin;
        this.gate = gate;
        this.told = told;
    }

    @Override
    public void onStart(JavalinConfig config) {
        config.router.mount(routes -> {
            get(routes, "stats", ctx -> ctx.json(AdminJson.of(admin.statistics())));
            get(routes, "health", ctx -> ctx.json(admin.health()));
            get(routes, "top", this::top);
            get(routes, "warm", ctx -> ctx.json(AdminJson.of(admin.warmings())));
            get(routes, "circuit", this::circuits);
            post(routes, "clear", ctx -> removed(ctx, "everything", admin.clear()));
            post(routes, "flush", this::flush);
            post(routes, "invalidate", this::invalidate);
            post(routes, "warm", this::warm);
            post(routes, "circuit/open", ctx -> steer(ctx, "forced open", admin::openCircuit));
            post(routes, "circuit/close", ctx -> steer(ctx, "forced closed", admin::closeCircuit));
            post(routes, "circuit/release", ctx -> steer(ctx, "released", admin::releaseCircuit));
        });
    }

    private void get(JavalinDefaultRouting routes, String path, Handler handler) {
        routes.get(ROOT + path, gate.guarding(answering(handler)));
    }

    private void post(JavalinDefaultRouting routes, String path, Handler handler) {
        routes.post(ROOT + path, gate.guarding(answering(handler)));
    }

    private static Handler answering(Handler handler) {
        return ctx -> {
            try {
                handler.handle(ctx);
            } catch (IllegalArgumentException e) {
                refuse(ctx, 400, e);
            } catch (IllegalStateException e) {
                refuse(ctx, 409, e);
            }
        };
    }

    private static void refuse(Context ctx, int status, RuntimeException e) {
        ctx.status(status).json(Map.of("error", String.valueOf(e.getMessage())));
    }

    private void top(Context ctx) {
        String text = ctx.queryParam("most");
        int most = text == null ? MOST_KEYS : number(text);
        ctx.json(Map.of("byTraffic", admin.topKeysByTraffic(most), "bySize", admin.topKeysBySize(most)));
    }

    private static int number(String text) {
        if (!text.matches("\\d{1,4}")) {
            throw new IllegalArgumentException("most is \"" + text + "\": it must be a number from 0 to 9999");
        }
        return Integer.parseInt(text);
    }

    private void flush(Context ctx) {
        String pattern = text(ctx, "pattern");
        removed(ctx, pattern, admin.clear(pattern));
    }

    private void removed(Context ctx, String what, long removed) {
        told.accept("Flushed " + what + ": " + removed + " entries");
        ctx.json(Map.of("removed", removed));
    }

    private void invalidate(Context ctx) {
        String tag = text(ctx, "tag");
        admin.invalidateTag(tag);
        told.accept("Invalidated the values tagged " + tag);
        ctx.json(Map.of("invalidated", tag));
    }

    private void warm(Context ctx) {
        String name = text(ctx, "warming");
        boolean started = admin.warm(name);
        told.accept(started ? "Warming of " + name + " started" : "Warming of " + name + " runs already");
        ctx.status(202).json(Map.of("started", started));
    }

    private void circuits(Context ctx) {
        ctx.json(AdminJson.ofCircuits(admin.circuits()));
    }

    private void steer(Context ctx, String what, Runnable change) {
        change.run();
        told.accept("Circuit breaker " + what);
        circuits(ctx);
    }

    /** A field of the body. */
    private static String text(Context ctx, String field) {
        try {
            JsonNode body = JSON.readTree(ctx.bodyAsBytes());
            JsonNode value = body == null ? null : body.get(field);
            if (value != null && value.isTextual()) {
                return value.asText();
            }
        } catch (IOException e) {
            // answered as any other body without the field
        }
        throw new IllegalArgumentException("the body must be a JSON object with the text \"" + field + "\"");
    }
}
