package dev.waxwing.checks;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The one form of what users set: a final class whose constructors are private, so that an option
 * more breaks nobody, made by a factory and copied by methods {@code with…}.
 */
final class OptionTypes {

    private static final Set<String> OTHERS = Set.of("BackOff", "Resume", "Early");

    private OptionTypes() {}

    static List<String> violations(Collection<JavaClass> classes) {
        var found = new ArrayList<String>();
        for (var type : classes) {
            if (!type.getModifiers().contains(JavaModifier.PUBLIC)) {
                continue;
            }
            if (isOptions(type)) {
                checkForm(type, found);
            }
            for (var method : type.getMethods()) {
                if (isFactory(method) && isCopyName(method.getName())) {
                    found.add(
                            method.getFullName()
                                    + ": 'with…' is for copies; name a factory 'of', 'defaults' or"
                                    + " by a word that reads as English");
                }
            }
        }
        return found;
    }

    static boolean isOptions(JavaClass type) {
        var name = type.getSimpleName();
        return name.endsWith("Options") || name.endsWith("Policy") || OTHERS.contains(name);
    }

    private static void checkForm(JavaClass type, List<String> found) {
        var isFinal = type.getModifiers().contains(JavaModifier.FINAL);
        var isPrivate =
                type.getConstructors().stream()
                        .allMatch(made -> made.getModifiers().contains(JavaModifier.PRIVATE));
        if (type.isRecord() || !isFinal || !isPrivate) {
            found.add(
                    type.getName()
                            + ": options are final classes with private constructors, as another"
                            + " option would break who calls one");
        }
        if (type.getMethods().stream().noneMatch(OptionTypes::isFactory) && !isGiven(type)) {
            found.add(type.getName() + ": has no factory; add 'defaults()' or 'of(…)'");
        }
        for (var method : type.getMethods()) {
            if (returnsItsType(method)
                    && !method.getModifiers().contains(JavaModifier.STATIC)
                    && !isCopyName(method.getName())) {
                found.add(method.getFullName() + ": name what makes a changed copy 'with…'");
            }
        }
    }

    /* Part of other options, which make it. */
    private static boolean isGiven(JavaClass type) {
        return type.getEnclosingClass().filter(OptionTypes::isOptions).isPresent();
    }

    private static boolean isFactory(JavaMethod method) {
        return returnsItsType(method) && method.getModifiers().contains(JavaModifier.STATIC);
    }

    private static boolean returnsItsType(JavaMethod method) {
        return method.getModifiers().contains(JavaModifier.PUBLIC)
                && method.getRawReturnType().equals(method.getOwner());
    }

    private static boolean isCopyName(String name) {
        return name.matches("with[A-Z].*");
    }
}
