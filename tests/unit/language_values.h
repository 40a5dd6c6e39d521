/* x */
"shop.example",
