package dev.waxwing.recovery.store;

import dev.waxwing.recovery.RecoveryException;
import dev.waxwing.recovery.StoreLocation;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Looks for the kind that a location names. Confined to one thread; used once. */
final class KindSearch {

    private final StoreLocation location;
    private final Set<String> others = new TreeSet<>();

    KindSearch(StoreLocation location) {
        this.location = location;
    }

    StoreKind find() {
        ClassLoader own = KindSearch.class.getClassLoader();
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        StoreKind found = find(own);
        if (found == null && ofThread != null && ofThread != own) {
            found = find(ofThread);
        }
        if (found == null) {
            throw new RecoveryException(missing());
        }
        return found;
    }

    private @Nullable StoreKind find(ClassLoader loader) {
        Iterator<StoreKind> kinds = ServiceLoader.load(StoreKind.class, loader).iterator();
        for (StoreKind kind; (kind = next(kinds)) != null; ) {
            if (kind.name().equals(location.kind())) {
                return kind;
            }
            others.add("'" + kind.name() + "'");
        }
        return null;
    }

    /* One that cannot be loaded, as it is made for another version, must not hide the others. */
    private @Nullable StoreKind next(Iterator<StoreKind> kinds) {
        while (true) {
            try {
                return kinds.hasNext() ? kinds.next() : null;
            } catch (ServiceConfigurationError | LinkageError broken) {
                others.add("one that cannot be loaded (" + broken.getMessage() + ")");
            }
        }
    }

    private String missing() {
        return "recovery store "
                + location.place()
                + ": a store of kind '"
                + location.kind()
                + "' was expected on the class path, but "
                + (others.isEmpty() ? "no kind of store is" : "only " + others + " was found")
                + (others.isEmpty() ? " there" : "")
                + "; add the artifact "
                + (location.kind().equals(StoreLocation.SQLITE)
                        ? "dev.waxwing:waxwing-recovery-sqlite"
                        : "that has this kind, or correct its name");
    }
}
