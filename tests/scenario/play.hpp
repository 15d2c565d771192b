#pragma once

#include <map>
#include <memory>
#include <optional>

#include "tests/scenario/acts.hpp"

namespace hoso::tests {

// Plays a script in a province of its own: commune-1 and commune-2 lie in one district, commune-3 in another.
class Play {
public:
    explicit Play(const std::string& rules_json, const char* first_day = "2023-06-01");

    // Empty, or how the line was not met.
    std::string play(const Line& line);

    // An auditor who reads the whole log comes to the same verdicts and the same state.
    bool replays_alike() const;

private:
    // A desk without a network: what it saw last, its own acts folded on top of that, and those acts.
    struct Away {
        replica::Replica seen;
        std::uint64_t seen_size = 0;
        std::vector<std::pair<log::SignedAction, Line>> pending;
    };

    std::string act(const Line& line);
    std::string fact(const Words& words);
    // reorganising.cpp: units that come and go, and who holds what then.
    std::string administer(const Line& line);
    std::string staff(const Words& words);
    std::string publish(const std::string& rules);
    std::string statistic(const Words& words) const;
    std::optional<std::string> place_of(const Words& words) const;
    std::string unit_called(const std::string& called) const;
    std::string come_back(const std::string& who);
    std::string certificates_counted(const Words& words) const;
    std::string phase_of(const Words& words) const;
    std::string certificate_of(const Words& words) const;
    std::string compare(const Line& line, const log::Event& event) const;
    void turn_calendar(const std::string& date);
    void go_offline(const std::string& who);
    std::string record(const Line& line, const std::string& officer, const Act& act);
    Item& item_named(const Words& words);

    World world_;
    Hash rules_;                               // that a dossier is opened under now
    std::map<std::string, std::string> cast_;  // the names of a scenario and those of the world
    std::map<std::string, std::string> units_;
    std::map<std::string, Item> items_;
    std::map<std::string, Away> away_;  // by who
};

}  // namespace hoso::tests
