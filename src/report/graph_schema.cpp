#include "report/graph_schema.hpp"

namespace onus::reports {

const std::string_view graph_schema = R"json({
 "$schema": "https://json-schema.org/draft/2020-12/schema",
 "title": "onus graph --format json",
 "type": "object",
 "required": ["onus", "format", "inputs", "provisions"],
 "properties": {
  "onus": {"type": "string"},
  "format": {"const": "graph/1"},
  "inputs": {
   "type": "array",
   "items": {
    "type": "object",
    "required": ["path", "sha256"],
    "properties": {"path": {"type": "string"}, "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"}},
    "additionalProperties": false
   }
  },
  "provisions": {"type": "array", "items": {"$ref": "#/$defs/provision"}}
 },
 "additionalProperties": false,
 "$defs": {
  "provision": {
   "type": "object",
   "required": ["provision", "kind", "title", "cites", "undecided"],
   "properties": {
    "provision": {"type": "string"},
    "kind": {"type": "string"},
    "title": {"type": "string"},
    "cites": {"type": "array", "items": {"type": "string"}},
    "undecided": {"type": "boolean"},
    "facts": {"type": "integer", "minimum": 0},
    "true": {"type": "string"},
    "false": {"type": "string"},
    "root": {"$ref": "#/$defs/target"},
    "nodes": {"type": "array", "items": {"$ref": "#/$defs/node"}}
   },
   "oneOf": [
    {"properties": {"undecided": {"const": true}}, "required": ["facts"], "not": {"required": ["nodes"]}},
    {"properties": {"undecided": {"const": false}}, "required": ["true", "false", "root", "nodes"], "not": {"required": ["facts"]}}
   ],
   "additionalProperties": false
  },
  "node": {
   "type": "object",
   "required": ["id", "asks", "of", "edges"],
   "properties": {
    "id": {"type": "integer", "minimum": 0},
    "asks": {"type": "string"},
    "of": {"enum": ["fact", "conclusion", "computed", "choice", "day"]},
    "edges": {
     "type": "array",
     "minItems": 2,
     "items": {
      "type": "object",
      "required": ["when", "to"],
      "properties": {"when": {"type": "string", "minLength": 1}, "to": {"$ref": "#/$defs/target"}},
      "additionalProperties": false
     }
    }
   },
   "additionalProperties": false
  },
  "target": {
   "description": "the id of a node, or what it comes to",
   "anyOf": [{"type": "integer", "minimum": 0}, {"type": "boolean"}]
  }
 }
}
)json";

}  // namespace onus::reports
