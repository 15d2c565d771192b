#pragma once

#include "tests/bench/province.hpp"
#include "tests/support/prng.hpp"

namespace hoso::bench {

// A dossier of the round that is being held.
struct Case {
    StreamId product;
    DossierId dossier;
    std::size_t commune = 0;
    const domain::ProductSet* set = nullptr;
    unsigned skill = 0;              // of a hundred criteria so many have the best option
    unsigned goes = 0;               // how far, out of 100: under 10 it stays a draft, under 20 it waits for its receipt
    std::vector<Bytes> sheets = {};  // of the sitting under way
};

// One meeting of a council over at most 25 dossiers, with the decision that follows from it.
struct Sitting {
    Office* office = nullptr;
    Uuid meeting;
    BoxPrivateKey key;
    std::vector<Case*> cases;
    domain::DecisionSigned decision = {};
};

// What the councils of a round do with the dossiers that lie before them at one stage; or the province, with what a stage without
// a desk answered. All councils sit side by side.
class Sittings {
public:
    Sittings(History& history, Province& province, tests::Random& random)
        : history_(history), province_(province), random_(random) {}

    // `unfinished`: some dossiers wait where they are.
    void hold(std::vector<Case>& cases, bool unfinished);

private:
    struct Place {
        const domain::RuleSet& rules;
        const domain::Product& product;
        const domain::Dossier& dossier;
        const domain::Stage& stage;
    };
    Place place(const Case& of) const;
    void receive(Case& of);
    void enter_result(Case& of);
    void convene();
    void hand_in(Sitting& sitting, std::size_t seat);
    void close(Sitting& sitting);
    void count(Case& of, const Sitting& sitting);
    void decide(Sitting& sitting);
    void recognise(Sitting& sitting);
    Bytes options(const Case& of);

    History& history_;
    Province& province_;
    tests::Random& random_;
    std::map<Office*, std::vector<Case*>> before_;
    std::vector<Sitting> sittings_;
};

}  // namespace hoso::bench
