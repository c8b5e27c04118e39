package dev.waxwing.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.waxwing.function.Mapper;
import java.lang.module.ModuleDescriptor;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PublicShareTest {

    private static final String PACKAGE = Mapper.class.getPackageName();

    @Test
    void modulesOpenNoMoreThanTheirLimit() {
        var shares = PublicShare.of(Repository.find());

        assertThat(shares)
                .containsKeys(
                        "core",
                        "recovery",
                        "recovery/sqlite",
                        "engine",
                        "runners/embedded",
                        "connectors/files",
                        "connectors/http",
                        "connectors/jdbc",
                        "testing",
                        "testing/simulation");
        assertThat(shares.get("core").open()).isGreaterThan(50);
        assertThat(shares.entrySet())
                .flatMap(share -> share.getValue().violations(share.getKey()))
                .isEmpty();
    }

    @Test
    void publicTypeInAnExportedPackageCounts() {
        var module = ModuleDescriptor.newModule("sample").exports(PACKAGE).build();

        var share = PublicShare.of(module, sample(Mapper.class, PublicShareTest.class));

        assertThat(share).isEqualTo(new PublicShare(1, 2));
    }

    @Test
    void publicTypeInAPackageForNamedModulesDoesNotCount() {
        var module = ModuleDescriptor.newModule("sample").exports(PACKAGE, Set.of("one")).build();

        assertThat(PublicShare.of(module, sample(Mapper.class))).isEqualTo(new PublicShare(0, 1));
    }

    @Test
    void packagePrivateTypeInAnExportedPackageDoesNotCount() {
        var module =
                ModuleDescriptor.newModule("sample")
                        .exports(PublicShareTest.class.getPackageName())
                        .build();

        assertThat(PublicShare.of(module, sample(PublicShareTest.class)))
                .isEqualTo(new PublicShare(0, 1));
    }

    @Test
    void runnerIsMeasuredTogetherWithItsEngine() {
        var shares = PublicShare.of(Repository.find());

        assertThat(shares.get("runners/embedded").all()).isGreaterThan(shares.get("engine").all());
        assertThat(new PublicShare(5, 15).with(new PublicShare(0, 185)))
                .isEqualTo(new PublicShare(5, 200));
    }

    @Test
    void shareAboveTheLimitIsFound() {
        assertThat(new PublicShare(1, 100).violations("engine")).hasSize(1);
        assertThat(new PublicShare(11, 100).violations("runners/embedded")).hasSize(1);
        assertThat(new PublicShare(31, 100).violations("connectors/jdbc")).hasSize(1);
        assertThat(new PublicShare(46, 100).violations("core"))
                .singleElement()
                .asString()
                .startsWith("module core: everybody may call 46 of 100 top-level types");
    }

    @Test
    void shareAtTheLimitIsAllowed() {
        assertThat(new PublicShare(0, 100).violations("engine")).isEmpty();
        assertThat(new PublicShare(10, 100).violations("runners/embedded")).isEmpty();
        assertThat(new PublicShare(30, 100).violations("connectors/jdbc")).isEmpty();
    }

    @Test
    void smallConnectorMayOpenSixTypes() {
        assertThat(new PublicShare(6, 9).violations("connectors/new")).isEmpty();
        assertThat(new PublicShare(7, 9).violations("connectors/new")).hasSize(1);
    }

    private static List<JavaClass> sample(Class<?>... types) {
        return List.copyOf(new ClassFileImporter().importClasses(types));
    }
}
