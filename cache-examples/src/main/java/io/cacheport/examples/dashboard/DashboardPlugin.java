package io.cacheport.examples.dashboard;

import io.cacheport.examples.admin.AdminGate;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.plugin.Plugin;
import io.javalin.router.JavalinDefaultRouting;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;

/**
 * The page at {@code /}, what it shows at {@code /live}, the meters at {@code /metrics}, and its buttons, which are behind a
 * gate; looking needs no token.
 */
public final class DashboardPlugin extends Plugin<Void> {

    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Sampler sampler;
    private final Controls controls;
    private final Happenings happenings;
    private final PrometheusMeterRegistry meters;
    private final AdminGate gate;

    /** A page of what this sampler sees. */
    public DashboardPlugin(
            Sampler sampler, Controls controls, Happenings happenings, PrometheusMeterRegistry meters, AdminGate gate) {
        this.sampler = sampler;
        this.controls = controls;
        this.happenings = happenings;
        this.meters = meters;
        this.gate = gate;
    }

    @Override
    public void onStart(JavalinConfig config) {
        config.router.mount(this::route);
    }

    private void route(JavalinDefaultRouting routes) {
        for (PageFile file : PageFile.values()) {
            routes.get(file.path(), file.handler());
        }
        routes.get("/live", this::live);
        routes.get("/metrics", ctx -> ctx.contentType(METRICS_TYPE).result(meters.scrape()));
        redisButton(routes, "kill", "Redis killed (SIGKILL)", controls::killRedis);
        redisButton(routes, "restart", "Redis started again, empty", controls::restartRedis);
        button(routes, "/demo/visitors/start", "Visitors let in", () -> controls.letVisitorsCome(true));
        button(routes, "/demo/visitors/stop", "Visitors sent away", () -> controls.letVisitorsCome(false));
    }

    private void live(Context ctx) {
        long after = ctx.queryParamAsClass("after", Long.class).getOrDefault(0L);
        ctx.header("Cache-Control", "no-store").json(sampler.live(after));
    }

    private void redisButton(JavalinDefaultRouting routes, String name, String what, Runnable press) {
        String why = controls.whyNotKillable();
        if (why == null) {
            button(routes, "/demo/redis/" + name, what, press);
        } else {
            routes.post(
                    "/demo/redis/" + name, gate.guarding(ctx -> ctx.status(409).json(Map.of("error", why))));
        }
    }

    private void button(JavalinDefaultRouting routes, String path, String what, Runnable press) {
        routes.post(path, gate.guarding(ctx -> {
            press.run();
            happenings.add(what);
            ctx.json(Map.of("done", what));
        }));
    }
}
