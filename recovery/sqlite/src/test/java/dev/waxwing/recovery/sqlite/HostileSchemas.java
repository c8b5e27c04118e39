package dev.waxwing.recovery.sqlite;

import java.util.List;
import java.util.Random;

/** Texts of schemas that no type has: of classes, counts and cycles of somebody's choice. */
final class HostileSchemas {

    private static final List<String> NAMES =
            List.of(
                    "Trap",
                    HostilePages.class.getName() + "$Trap",
                    "java.lang.ProcessBuilder",
                    "javax.script.ScriptEngineManager",
                    "Known");

    private final Random random;

    HostileSchemas(Random random) {
        this.random = random;
    }

    /** One that begins with another. */
    String of(String schema) {
        return switch (random.nextInt(8)) {
            case 0 -> changed(schema);
            case 1 -> renamed(schema);
            case 2 -> unionOfItself();
            case 3 -> chain(1 + random.nextInt(20_000));
            case 4 -> "{\"root\":" + "{\"List\":".repeat(random.nextInt(100_000)) + "1";
            case 5 -> "{\"root\":{},\"types\":[{}],\"any\":{\"x\":" + random.nextInt(9) + "}}";
            case 6 -> "{\"root\":{\"Map\":[\"int\"]}}";
            default -> named();
        };
    }

    private String changed(String schema) {
        StringBuilder text = new StringBuilder(schema);
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.setCharAt(random.nextInt(text.length()), (char) (32 + random.nextInt(95)));
        }
        return text.toString();
    }

    private String renamed(String schema) {
        return schema.replaceAll(
                "\"(Known|Node|Tree|Circle|Item)\"", '"' + name().replace("$", "\\$") + '"');
    }

    private static String unionOfItself() {
        return "{\"root\":0,\"types\":[{\"sealed\":\"Shape\",\"cases\":{\"Circle\":1,\"Square\":0}},"
                + "{\"sealed\":\"Circle\",\"cases\":{\"Circle\":0,\"Square\":1}}]}";
    }

    private static String chain(int length) {
        StringBuilder types = new StringBuilder();
        for (int i = 1; i <= length; i++) {
            types.append("{\"record\":\"Node\",\"components\":{\"n\":\"int\",\"list\":{\"List\":")
                    .append(i)
                    .append("}}},");
        }
        types.append("{\"record\":\"Node\",\"components\":{}}");
        return "{\"root\":0,\"types\":[" + types + "]}";
    }

    private String named() {
        return "{\"root\":\"any\",\"types\":[{\"record\":\""
                + name()
                + "\",\"components\":{\"command\":\"String\"}}],\"any\":{\""
                + name()
                + "\":0}}";
    }

    private String name() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }
}
