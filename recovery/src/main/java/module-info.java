/**
 * Recovery: its options, how values are stored, and the contracts of stores.
 *
 * <p>Users set options and register codecs and migrations. The rest is for runners and for the
 * stores of this project, and may change with every version.
 *
 * <p>Records that are kept as state or sent between workers need to be opened to this module.
 */
@SuppressWarnings("module") // the modules that are named below are compiled after this one
module dev.waxwing.recovery {
    requires static transitive org.jspecify;
    requires transitive dev.waxwing.core;

    exports dev.waxwing.recovery;
    exports dev.waxwing.recovery.codec to
            dev.waxwing.embedded,
            dev.waxwing.engine,
            dev.waxwing.recovery.sqlite,
            dev.waxwing.simulation;
    exports dev.waxwing.recovery.memory to
            dev.waxwing.simulation;
    exports dev.waxwing.recovery.page to
            dev.waxwing.cli,
            dev.waxwing.embedded,
            dev.waxwing.engine,
            dev.waxwing.recovery.sqlite,
            dev.waxwing.simulation;
    exports dev.waxwing.recovery.segment to
            dev.waxwing.embedded,
            dev.waxwing.engine,
            dev.waxwing.recovery.sqlite,
            dev.waxwing.simulation;
    exports dev.waxwing.recovery.store to
            dev.waxwing.cli,
            dev.waxwing.embedded,
            dev.waxwing.engine,
            dev.waxwing.recovery.sqlite,
            dev.waxwing.simulation;

    uses dev.waxwing.recovery.store.StoreKind;
}
