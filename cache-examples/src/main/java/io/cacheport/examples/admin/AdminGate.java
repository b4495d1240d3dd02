package io.cacheport.examples.admin;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;

/** Lets a request through to a handler only from this machine and with the token. Thread-safe. */
public final class AdminGate {

    private final AdminToken token;

    /** A gate that this token opens. */
    public AdminGate(AdminToken token) {
        this.token = token;
    }

    /** The handler behind the gate: 403 for another machine, 401 without the token, and nothing done then. */
    public Handler guarding(Handler handler) {
        return ctx -> {
            ctx.header("Cache-Control", "no-store");
            if (!isLocal(ctx.req().getRemoteAddr())) {
                refuse(ctx, 403, "administration is open to this machine only");
            } else if (!token.isShownBy(ctx.header("Authorization"))) {
                ctx.header("WWW-Authenticate", "Bearer");
                refuse(ctx, 401, "the administration token is missing or wrong");
            } else {
                handler.handle(ctx);
            }
        };
    }

    /** The address of the connection; what a proxy says of it does not count. */
    static boolean isLocal(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static void refuse(Context ctx, int status, String why) {
        ctx.status(status).json(Map.of("error", why));
    }
}
