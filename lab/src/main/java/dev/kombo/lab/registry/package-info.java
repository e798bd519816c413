/**
 * A schema registry for embedded runs: what it knows ({@link dev.kombo.lab.registry.RegistryState}, pure), how that is
 * kept ({@link dev.kombo.lab.registry.PersistentRegistry}), what may be asked ({@link
 * dev.kombo.lab.registry.RegistryRoutes}), and the HTTP around it ({@link dev.kombo.lab.registry.EmbeddedSchemaRegistry}).
 */
package dev.kombo.lab.registry;
