package dev.parley.server.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of docs/architecture.md that the compiler can't hold. */
final class ArchitectureTest {

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.parley");
    }

    @Test
    void featuresAreFreeOfCycles() {
        check(slices().matching("dev.parley.server.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a reader must be able to understand one feature without all the others"));
        check(slices().matching("dev.parley.server.platform.(*)..").should().beFreeOfCycles());
    }

    @Test
    void platformKnowsNoFeature() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.parley.server.platform..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.parley.server..")
                        .and(DescribedPredicate.not(resideInAPackage("dev.parley.server.platform.."))))
                .because("the platform serves every feature alike"));
    }

    @Test
    void wiringAloneSeesEverything() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("dev.parley.server.wiring..", "dev.parley.server.cli..", "dev.parley.server")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.parley.server.wiring..", "dev.parley.server.cli.."))
                .because("parts are made in one place and know nothing of it"));
        check(noClasses()
                .that()
                .resideInAPackage("dev.parley.server..")
                .and()
                .resideOutsideOfPackage("dev.parley.server.wiring..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.parley.connectors..", "dev.parley.simulator.."))
                .because("the core knows the contract of connectors, never a connector"));
    }

    @Test
    void connectorsDependOnTheirContractAlone() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.parley.connectors..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.parley..")
                        .and(DescribedPredicate.not(
                                resideInAnyPackage("dev.parley.connectors..", "dev.parley.connector"))))
                .because("a connector translates; the database, the tenants and the retries are not its business"));
        check(slices().matching("dev.parley.connectors.(whatsapp|web)..")
                .should()
                .notDependOnEachOther());
        check(noClasses()
                .that()
                .resideInAnyPackage("dev.parley.connectors..", "dev.parley.connector..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.sql..", "java.net.http..", "org.eclipse.jetty.."))
                .because("a connector reaches the network by Outbound alone, and nothing else at all"));
    }

    @Test
    void sqlStandsInStores() {
        check(noClasses()
                .that(DescribedPredicate.not(simpleNameEndingWith("Store")
                        .or(simpleNameEndingWith("Statement"))
                        .or(simpleNameEndingWith("Sweep"))
                        .or(resideInAnyPackage(
                                "dev.parley.server.platform.db..", "dev.parley.server.platform.jsonapi.."))
                        .or(in("dev.parley.server.events.EventLog"))
                        .or(in("dev.parley.server.events.Horizon"))
                        .or(in("dev.parley.server.threads.ThreadAccounts"))))
                .and()
                .resideInAPackage("dev.parley.server..")
                .should()
                .dependOnClassesThat(in("java.sql.PreparedStatement")
                        .or(in("java.sql.Statement"))
                        .or(resideInAPackage("org.jdbi..")))
                .because("whoever looks for a statement looks in the stores"));
    }

    @Test
    void httpStaysAtTheEdge() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.parley.server..")
                .and()
                .resideOutsideOfPackages("dev.parley.server.platform.http..", "dev.parley.server.platform.outbound..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.eclipse.jetty.."))
                .because("the HTTP stack can be changed in one place"));
        check(noClasses()
                .that()
                .haveSimpleNameEndingWith("Store")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.parley.server.platform.http..")
                        .and(DescribedPredicate.not(in("dev.parley.server.platform.http.Caller"))))
                .because("a store knows nothing of requests"));
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.parley.server.dispatch..", "dev.parley.server.events", "dev.parley.server.retention..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "dev.parley.server.platform.http..", "dev.parley.server.platform.jsonapi..")));
    }

    @Test
    void timeAndChanceAreInjected() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.parley.server..")
                .and()
                .resideOutsideOfPackages(
                        "dev.parley.server.platform..", "dev.parley.server.wiring..", "dev.parley.server.cli..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callConstructor(Random.class)
                .orShould()
                .callMethod(Math.class, "random")
                .because("tests steer time and chance"));
    }

    @Test
    void onlyDispatchCallsProviders() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.parley.server..")
                .and()
                .resideOutsideOfPackages(
                        "dev.parley.server.dispatch..",
                        // Gets files: from addresses that callers give, and those that candidates sent.
                        "dev.parley.server.media..",
                        "dev.parley.server.templates..",
                        // Calls customers.
                        "dev.parley.server.webhooks.delivery..",
                        "dev.parley.server.platform.outbound..",
                        "dev.parley.server.wiring..")
                .should()
                .dependOnClassesThat(in("dev.parley.connector.Outbound"))
                .because("providers are called from few places, and never inside a database transaction"));
        check(noClasses()
                .that()
                .haveSimpleNameEndingWith("Store")
                .or()
                .haveSimpleNameEndingWith("Statement")
                .or()
                .haveSimpleNameEndingWith("Plan")
                .should()
                .dependOnClassesThat(in("dev.parley.connector.Outbound"))
                .because("no provider is called inside a database transaction"));
    }

    @Test
    void storesAreTheFeaturesOwn() {
        check(methods()
                .that()
                .areDeclaredInClassesThat(simpleNameEndingWith("Store")
                        .and(resideInAPackage("dev.parley.server.."))
                        .and(DescribedPredicate.not(resideInAPackage("dev.parley.server.platform.."))))
                .and()
                .areNotPrivate()
                .should(new NamesItsOrganization()));
    }

    @Test
    void theRulesSeeTheCode() {
        check(classes().that().haveSimpleName("SubmitService").should().bePublic());
    }

    private static DescribedPredicate<JavaClass> in(String name) {
        return DescribedPredicate.describe(
                name,
                candidate ->
                        candidate.getName().equals(name) || candidate.getName().startsWith(name + "$"));
    }

    private static void check(ArchRule rule) {
        rule.check(classes);
    }
}
