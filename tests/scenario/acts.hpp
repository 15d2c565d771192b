#pragma once

#include <map>

#include "tests/scenario/script.hpp"
#include "tests/support/world.hpp"

// What the verbs of a scenario put into the log.
namespace hoso::tests {

// A product of a scenario and what its officers keep at hand.
struct Item {
    StreamId subject;
    StreamId product;
    DossierId dossier;
    Hash rules;  // that its newest dossier was opened under
    Uuid meeting;
    BoxPrivateKey meeting_key;
    Uuid decision;
    std::string certificate;
};

// Who acts, on what, and what they see: an officer without a network sees less than the log holds.
struct Scene {
    World& world;
    const replica::Replica& seen;
    const std::string& officer;
    Hash rules_hash;
    Item& item;
    const Words& words;
    const std::map<std::string, Item>& items;  // by name: what a list names

    const domain::RuleSet& rules() const;
    const domain::Product& product() const;
    const domain::Dossier& dossier() const;
    const domain::ProductSet& set() const;
    std::string stage() const;  // of the dossier
    std::string unit() const;   // of the officer: "a", "p"
    Date today() const { return world.today(); }
    const AccountId& account() const { return world.officers.at(officer).account; }
};

struct Act {
    StreamId stream;
    domain::Body body;
};

// Empty for a verb nobody knows.
std::vector<Act> acts_of(Scene& scene);
std::vector<Act> programme_acts_of(Scene& scene);  // what goes on around the dossiers

}  // namespace hoso::tests
