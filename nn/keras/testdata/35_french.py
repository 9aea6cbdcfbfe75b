# réseau
print('Précision de l’entraînement')
plt.title("Matrice de “confusion”")
model = Sequential()
model.add(Conv2D(32, (3,3), activation='relu', input_shape=(32,32,3)))
model.add(Flatten())
model.add(Dense(10, activation='softmax'))
