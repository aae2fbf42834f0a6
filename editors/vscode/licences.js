// Writes the licences of every package that the bundle holds beside it.
"use strict";

const { readFileSync, readdirSync, rmSync, writeFileSync } = require("node:fs");

const META = "dist/meta.json";
const inputs = Object.keys(JSON.parse(readFileSync(META, "utf8")).inputs);
const folders = new Set(
  inputs.map((file) => file.match(/^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]).filter(Boolean),
);

function licence(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(`${folder}/${file}`, "utf8").trim() : license;
  return `${name} ${version} (${license})\n\n${text}\n`;
}

writeFileSync("dist/LICENCES.txt", [...folders].sort().map(licence).join(`\n${"-".repeat(80)}\n\n`));
rmSync(META);
