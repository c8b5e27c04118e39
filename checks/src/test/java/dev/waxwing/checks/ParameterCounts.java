package dev.waxwing.checks;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The number of parameters of methods and constructors, the canonical ones of records included.
 *
 * <p>What is above the limit is listed with its number and its reason; the list only gets shorter.
 *
 * @param listed by class and name; of overloads, the largest
 */
record ParameterCounts(Map<String, Integer> listed) {

    private static final int MOST = 6;

    private static final Map<String, Integer> LISTED =
            Map.ofEntries(
                    /* Options of users: each has a default, and a with… method that says which it is. */
                    Map.entry("dev.waxwing.files.AuctionOptions.<init>", 8),
                    Map.entry("dev.waxwing.files.ReadOptions.<init>", 7),
                    Map.entry("dev.waxwing.recovery.RecoveryOptions.<init>", 7),
                    /* As options of users, for stores. */
                    Map.entry("dev.waxwing.recovery.store.StoreOptions.<init>", 7),
                    /* The columns are those of the Nexmark benchmark. */
                    Map.entry("dev.waxwing.files.AuctionEvent$Auction.<init>", 8),
                    Map.entry("dev.waxwing.files.AuctionEvent$Person.<init>", 7),
                    /* A table's row for people, made in one place and read by name. */
                    Map.entry("dev.waxwing.run.Execution$StepCounters.<init>", 10),
                    /* A store's row of an epoch, read by name. */
                    Map.entry("dev.waxwing.recovery.store.EpochRecord.<init>", 7),
                    /* The statements that are made of one table, each used once. */
                    Map.entry("dev.waxwing.jdbc.MarkerSql.<init>", 7),
                    /* Nodes of the plan, the one contract of API and runners; each is made in one place. */
                    Map.entry("dev.waxwing.plan.core.CoreStep.<init>", 7),
                    Map.entry("dev.waxwing.plan.core.Step.<init>", 7),
                    /* What sinks ask of an execution; they are given one, and take no part in making it. */
                    Map.entry("dev.waxwing.sink.Owner.<init>", 8));

    ParameterCounts {
        listed = Map.copyOf(listed);
    }

    static ParameterCounts limits() {
        return new ParameterCounts(LISTED);
    }

    /** What has too many, and no line, or another number in its line. */
    List<String> violations(Collection<JavaClass> classes) {
        return above(classes).entrySet().stream()
                .filter(found -> !found.getValue().equals(listed.get(found.getKey())))
                .map(
                        found ->
                                ("%s has %d parameters, at most %d are allowed%s; make a record of"
                                                + " what belongs together")
                                        .formatted(
                                                found.getKey(),
                                                found.getValue(),
                                                MOST,
                                                inList(found.getKey())))
                .toList();
    }

    /** Lines that nothing needs any more. */
    List<String> unneeded(Collection<JavaClass> classes) {
        var above = above(classes);
        return listed.keySet().stream()
                .filter(name -> !above.containsKey(name))
                .map(name -> name + " is listed and is within the limit; delete the line")
                .sorted()
                .toList();
    }

    private String inList(String name) {
        var known = listed.get(name);
        return known == null ? "" : ", and " + known + " are listed";
    }

    private static Map<String, Integer> above(Collection<JavaClass> classes) {
        var above = new TreeMap<String, Integer>();
        for (var type : classes) {
            for (JavaCodeUnit unit : type.getCodeUnits()) {
                var count = unit.getRawParameterTypes().size();
                if (count > MOST && !unit.getModifiers().contains(JavaModifier.SYNTHETIC)) {
                    above.merge(type.getName() + "." + unit.getName(), count, Math::max);
                }
            }
        }
        return above;
    }
}
