#pragma once

#include <filesystem>

#include "tests/bench/history.hpp"

namespace hoso::bench {

// Those of a district or of the province who take a dossier through its council.
struct Office {
    UnitId unit;
    std::string code;
    std::string stage;  // of its council
    Post adviser;
    Post secretary;
    Post signer;
    std::vector<Post> seats;  // chair, secretary, three members
    Uuid council;
    domain::Number decision;  // the next free ones, of the signer's desk
    domain::Number certificate;
};

struct Commune {
    UnitId unit;
    std::string code;
    std::string name;
    Post officer;
    std::size_t district = 0;
};

// The units of schema/units/hoabinh.csv with people in them, and the regulations one after the other.
class Province {
public:
    Province(History& history, const std::filesystem::path& schema);

    // Publishes the regulations that are in force by today and not yet published.
    void publish();
    const domain::RuleSet& rules(domain::DossierKind kind) const;  // in force today

    Office& office_of(const Commune& commune, const domain::Stage& stage) {
        return stage.level == "district" ? districts[commune.district] : province;
    }

    Office province;
    std::vector<Office> districts;
    std::vector<Commune> communes;

private:
    Post hire(const std::string& title, const UnitId& unit);
    Post appoint(const std::string& title, domain::Role role, const UnitId& unit);
    Office open_office(const UnitId& unit, const std::string& code, const std::string& name, const std::string& stage);
    domain::Number grant(const Post& post, domain::NumberKind kind, const std::string& pattern);
    void settle(const std::filesystem::path& units);

    History& history_;
    std::filesystem::path rules_;
    std::size_t published_ = 0;
};

}  // namespace hoso::bench
