#pragma once

#include "client/paper/facts.hpp"

// The sentences of a decision, for its PDF and its DOCX alike. A draft: the office changes them where it must.
namespace hoso::client::paper {

inline constexpr const char* draft_mark = "BẢN DỰ THẢO";
inline constexpr const char* revoked_mark = "ĐÃ THU HỒI";
inline constexpr const char* training_mark = "TẬP HUẤN";
inline constexpr const char* training_line = "TẬP HUẤN – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ / TRAINING";
inline constexpr const char* nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
inline constexpr const char* motto = "Độc lập - Tự do - Hạnh phúc";
inline constexpr const char* committee = "ỦY BAN NHÂN DÂN";

std::string mark_across(const Marks& marks);  // empty: none

struct Article {
    std::string number;  // "Điều 1."
    std::string text;
};

struct DecisionWording {
    std::string subject;               // below QUYẾT ĐỊNH
    std::string authority;             // "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN ĐÀ BẮC"
    std::vector<std::string> grounds;  // căn cứ
    std::vector<Article> articles;
    std::string list_title;
    std::string list_subject;
    std::vector<std::string> recipients;
};
DecisionWording wording_of(const DecisionFacts& facts);

}  // namespace hoso::client::paper
