/** A schema registry for embedded runs. */
package dev.kombo.lab.registry;
